// Yardstick: the rebalancing loop that a good programmer writes in an afternoon, doing this one thing (rows B1 to B5).
// gcc -O3 -march=native rebal.c -lm -o rebal
// usage: rebal prices.csv weights.csv monthly|band [repeats]   prints one JSON line (median CPU ms)
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>
#include <time.h>
static double now(void){struct timespec t;clock_gettime(CLOCK_PROCESS_CPUTIME_ID,&t);return t.tv_sec*1e3+t.tv_nsec*1e-6;}
static int cmp(const void*a,const void*b){double x=*(double*)a,y=*(double*)b;return (x>y)-(x<y);}
static double *P,*W; static int n,T; static char *first;
static double run(double band,int interval,int monthly,int*rebs,double*mdd,double*vol,double*eq){
  double q[512]; double cash=1e6; memset(q,0,sizeof q); int r=0; double peak=0,dd=0,prev=0,s=0,s2=0;
  for(int t=0;t<T;t++){ const double*p=P+(size_t)t*n; double V=cash; for(int i=0;i<n;i++)V+=q[i]*p[i];
    int go=0; if(monthly)go=first[t]; else if(t==0)go=1; else if(t%interval==0){ for(int i=0;i<n;i++) if(fabs(q[i]*p[i]/V/W[i]-1)>band){go=1;break;} }
    if(go){ double fee=0,buy=0; for(int i=0;i<n;i++){ double h=q[i]*p[i],x=W[i]*V-h; fee+=0.001*fabs(x); buy+=x; q[i]=W[i]*V/p[i]; } cash-=buy+fee; V-=fee; r++; }
    if(eq)eq[t]=V; if(V>peak)peak=V; else if(1-V/peak>dd)dd=1-V/peak; if(t){double g=V/prev-1;s+=g;s2+=g*g;} prev=V; }
  *rebs=r;*mdd=dd; double m=s/(T-1); *vol=sqrt((s2-(T-1)*m*m)/(T-2)); return prev; }
int main(int c,char**v){ FILE*f=fopen(v[1],"r"); char*line=0; size_t cap=0; getline(&line,&cap,f); n=0; for(char*x=line;*x;x++)n+=*x==','; int cc=1<<16; P=malloc(sizeof(double)*cc*n); first=calloc(cc,1); char pm[8]="";
  while(getline(&line,&cap,f)>0){ char m[8]={0}; memcpy(m,line,7); first[T]=strcmp(m,pm)!=0; strcpy(pm,m); char*x=strchr(line,',')+1; for(int i=0;i<n;i++){P[(size_t)T*n+i]=strtod(x,&x); x++;} T++; } fclose(f);
  W=malloc(sizeof(double)*n); f=fopen(v[2],"r"); getline(&line,&cap,f); for(int i=0;i<n;i++){getline(&line,&cap,f); W[i]=atof(strchr(line,',')+1);} fclose(f);
  int rep=c>4?atoi(v[4]):7; double ts[99],mdd,vol,end=0; int rebs=0; double*eq=malloc(sizeof(double)*T); int sweep=!strcmp(v[3],"sweep"),monthly=!strcmp(v[3],"monthly");
  int iv[25]={1,2,3,4,6,8,12,18,24,30,36,42,48,60,72,84,96,120,144,168,192,240,336,504,720}; long tot=0;
  for(int k=0;k<=rep;k++){ double a=now(); if(sweep){ end=0; tot=0; for(int b=1;b<=40;b++)for(int j=0;j<25;j++){ end+=run(b*0.01,iv[j],0,&rebs,&mdd,&vol,0); tot+=rebs; } } else end=run(0.05,1,monthly,&rebs,&mdd,&vol,eq); if(k)ts[k-1]=now()-a; }
  qsort(ts,rep,sizeof(double),cmp); printf("{\"what\":\"%s\",\"n\":%d,\"bars\":%d,\"end\":%.8f,\"rebalances\":%ld,\"ms\":%.6f}\n",v[3],n,T,end,sweep?tot:(long)rebs,ts[rep/2]); }
