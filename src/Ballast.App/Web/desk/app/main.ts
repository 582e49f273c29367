import '../tokens.css';

document.getElementById('desk')!.textContent = 'Ballast';
