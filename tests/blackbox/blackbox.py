#!/usr/bin/env python3
"""Kills, starves, freezes and misleads the real program at the simulated exchange, and holds the two sets of books against each other.

    tests/blackbox/blackbox.py [--kills N] [--rounds N] [--restores N] [--seed S] [--dialect binance|deribit]

It shares no code with Ballast: it reads journals by tools/verify-journal.py, and the exchange's books by its control port. Python's standard library only.
Prints a line a batch and ends with `N passed, N failed`; the folder of a batch that failed is kept.
"""
import argparse
import importlib.util
import json
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from decimal import Decimal

ROOT = os.environ.get("BALLAST_ROOT") or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
POINTS = ["journal.before", "journal.after", "send.before", "send.after", "cancel.before", "snapshot.before"]
POLICIES = {
    "binance": """
version: 1
name: box
base: USDT
accounts:
  desk: { venue: binance }
targets:
  weights: { BTC: 40%, ETH: 30%, SOL: 10%, USDT: 20% }
rebalance:
  when:
    - drift: 2%
costs: { fee: 10 bps }
limits: { minTrade: 10 USDT, cashBuffer: 1% }
run: { check: 1s, approve: never, orders: { wait: 3s } }
""",
    "deribit": """
version: 1
name: box
base: BTC
accounts:
  desk: { venue: deribit, margin: portfolio }
targets:
  weights: { BTC: 100% }
rebalance:
  when: []
hedge:
  book: desk
  outlook: { delta: %DELTA% BTC, gamma: free, vega: free }
  numeraire: money
  band: 0.1 BTC
  to: target
  with: [BTC-PERPETUAL]
  when: []
costs:
  spread: 1 bps
  at:
    desk: { maker: 0 bps, taker: 5 bps, optionFee: 3 bps, optionFeeCap: 12.5% }
run: { check: 1s, approve: never, orders: { wait: 3s } }
""",
}


def journal_reader():
    spec = importlib.util.spec_from_file_location("verify", os.path.join(ROOT, "tools", "verify-journal.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFY = journal_reader()
PLAN_CREATED, INTENDED, FILLED = 4, 8, 10  # docs/journal.md
# A sync of a journal that fails once and works again, as Linux does it: whoever tries again believes what is not on the disk.
SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int fsync(int fd) {
    static atomic_int calls;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path);
    if (n > 8 && !memcmp(path + n - 8, ".journal", 8) && ++calls == atoi(getenv("FAIL_SYNC"))) {
        close(open(getenv("FAIL_MARK"), O_CREAT | O_WRONLY, 0600));
        errno = EIO;
        return -1;
    }
    return ((int (*)(int)) dlsym(RTLD_NEXT, "fsync"))(fd);
}
"""
PROGRAM = ["dotnet", os.path.join(ROOT, "artifacts/ballast/ballast.dll")]


class Exchange:
    """The server of exchange/, and what can be told to it."""

    def __init__(self, port, seed):
        self.port = port
        self.process = subprocess.Popen(["node", os.path.join(ROOT, "exchange/dist/src/main.js"), "--port", str(port), "--seed", str(seed)], stdout=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the exchange does not start")

    def tell(self, what, **words):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/control/{what}", json.dumps(words).encode(), method="POST")
        urllib.request.urlopen(request, timeout=5).read()

    def books(self):
        return json.load(urllib.request.urlopen(f"http://127.0.0.1:{self.port}/control/books", timeout=5))

    def stop(self):
        self.process.kill()
        self.process.wait()


class Desk:
    """One data folder, and the program that works in it."""

    def __init__(self, dialect, url, folder, delta="0"):
        self.dialect, self.url, self.folder, self.data = dialect, url, folder, os.path.join(folder, "data")
        self.policy = os.path.join(folder, "box.yaml")
        with open(self.policy, "w") as f:
            f.write(POLICIES[dialect].replace("%DELTA%", delta))

    @property
    def journal(self):
        return os.path.join(self.data, "portfolios", "box", "journal")

    def say(self, verb, *words, limit=None):
        """A verb beside the loop, such as backup; what it said where it did not end well. `limit`: bytes that any file of it may have."""
        env, limits = room(limit)
        done = subprocess.run(PROGRAM + [verb, *words, "--data", self.data], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, env=env, preexec_fn=limits, restore_signals=False)
        return None if done.returncode == 0 else f"{verb} ended with {done.returncode}: {done.stdout}{done.stderr}"

    def status(self):
        try:
            with open(os.path.join(self.data, "portfolios", "box", "status.json")) as f:
                return json.load(f)
        except (OSError, ValueError):
            return {}

    def start(self, crash=None, once=False, limit=None, **more):
        env, limits = room(limit)
        env.update(more, BALLAST_DATA_FOLDER="", **({"BALLAST_CRASHPOINT": crash} if crash else {}))
        words = PROGRAM + ["run", self.policy, "--live", "--exchange", self.url, "--data", self.data]
        log = open(os.path.join(self.folder, "out.log"), "a")
        return subprocess.Popen(words + (["--once"] if once else []), stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=env, preexec_fn=limits, restore_signals=False)

    def settle(self, patience=180):
        """Runs once more, to the end of what is to be done."""
        process = self.start(once=True)
        try:
            return process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return "it does not end"


def room(limit):
    """The environment and the limits of a program whose files may not grow beyond `limit`. SIGXFSZ stays ignored: a write fails instead."""
    if limit is None:
        return dict(os.environ), None
    # Without it the runtime itself needs a large file in memory.
    return dict(os.environ, DOTNET_EnableWriteXorExecute="0"), lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def check(desk, exchange, before):
    """Every difference between the journal and the exchange's books, in words. `before`: ids of orders of earlier journals."""
    faults = []
    story, records = VERIFY.Story(), []
    try:
        for _, kind, _, payload, _ in VERIFY.frames(desk.journal):
            records.append((kind, json.loads(payload)))
            story.take(*records[-1])
    except VERIFY.Broken as broken:
        return [f"the journal is broken: {broken}"]
    books = exchange.books()
    if not books["conserved"]:
        faults.append("the exchange has lost or made something")
    side = books[desk.dialect]
    intents = {r["order"]["id"]: r["order"] for t, r in records if t == INTENDED}
    fills = [(r["trade"]["tradeId"], r) for t, r in records if t == FILLED]
    ours = [o for o in side["orders"] if o["id"] not in before]
    seen = {}
    for order in ours:
        if order["clientId"] not in intents:
            faults.append(f"order {order['id']} at the exchange is in no journal")
        if order["clientId"] in seen:
            faults.append(f"{order['clientId']} is at the exchange twice")
        seen[order["clientId"]] = order
        if order["state"] == "open":
            faults.append(f"order {order['id']} is still open")
    numbers = {o["id"] for o in ours}
    venue = {number(t["id"]): t for t in side["trades"] if t["order"] in numbers}
    booked = [number(i) for i, _ in fills]
    if len(set(booked)) != len(booked):
        faults.append("a trade is booked twice")
    for missing in set(venue) - set(booked):
        faults.append(f"trade {missing} is not in the journal")
    for extra in set(booked) - set(venue):
        faults.append(f"trade {extra} is in the journal, and the exchange has none such")
    for i, record in fills:
        t = venue.get(number(i))
        if t and (Decimal(t["quantity"]), Decimal(t["price"]), Decimal(t["fee"])) != tuple(Decimal(str(record["trade"][k])) for k in ("quantity", "price")) + (Decimal(str(record["trade"]["fee"]["value"])),):
            faults.append(f"trade {i} is booked otherwise than it was")
    faults += more_than_planned(records)
    balances = {asset: v for (_, asset), v in story.held.items() if v != 0}
    theirs = {a: Decimal(v) for a, v in {**side["balances"], **side["positions"]}.items() if Decimal(v) != 0}
    for asset in sorted(set(balances) | set(theirs)):
        if balances.get(asset, 0) != theirs.get(asset, 0):
            faults.append(f"{asset}: the journal has {balances.get(asset, 0)}, the exchange {theirs.get(asset, 0)}")
    return faults


def number(trade):
    return str(trade).split("-T")[-1]


def more_than_planned(records):
    wanted, done = {}, {}
    leg_of = {}
    for kind, r in records:
        if kind == PLAN_CREATED:
            for p in r["plan"]["parents"]:
                wanted[r["plan"]["id"], p["number"]] = Decimal(str(p["quantity"]))
        elif kind == INTENDED:
            leg_of[r["order"]["id"]] = (r["order"]["planId"], r["order"]["leg"])
        elif kind == FILLED and r.get("order") in leg_of:
            leg = leg_of[r["order"]]
            done[leg] = done.get(leg, 0) + Decimal(str(r["trade"]["quantity"]))
    return [f"leg {leg} of {plan}: {done[plan, leg]} of {wanted[plan, leg]} done" for plan, leg in done if (plan, leg) in wanted and done[plan, leg] > wanted[plan, leg]]


def read(journal):
    """Its records, up to an end that a kill may have torn."""
    records = []
    try:
        for _, kind, _, payload, _ in VERIFY.frames(journal):
            records.append((kind, json.loads(payload)))
    except VERIFY.Broken:
        pass
    return records


def repeated(names):
    seen = set()
    return [name for name in names if name in seen or seen.add(name)]


def more_at_the_exchange(records, orders, trades):
    """Legs of which the exchange did more than was planned, whichever journal knows of it."""
    wanted = {(r["plan"]["id"], p["number"]): Decimal(str(p["quantity"])) for t, r in records if t == PLAN_CREATED for p in r["plan"]["parents"]}
    leg_of = {r["order"]["id"]: (r["order"]["planId"], r["order"]["leg"]) for t, r in records if t == INTENDED}
    name_of, done = {o["id"]: o["clientId"] for o in orders}, {}
    for trade in trades:
        leg = leg_of.get(name_of.get(trade["order"]))
        if leg:
            done[leg] = done.get(leg, 0) + Decimal(trade["quantity"])
    unknown = [f"order {o['id']} at the exchange is in neither journal" for o in orders if o["clientId"] not in leg_of]
    return unknown + [f"leg {leg[1]} of {leg[0]}: {done[leg]} of {wanted[leg]} done" for leg in done if leg in wanted and done[leg] > wanted[leg]]


class Batches:
    """Each batch has a journal of its own at one exchange, and ends with both sets of books compared."""

    def __init__(self, dialect, seed, proxy=False):
        self.dialect, self.random, self.passed, self.failed, self.kills = dialect, random.Random(seed), 0, 0, 0
        self.exchange = Exchange(free_port(), seed)
        self.url, self.proxy = f"http://127.0.0.1:{self.exchange.port}", None
        if proxy:
            port = free_port()
            self.proxy = subprocess.Popen(["node", os.path.join(ROOT, "exchange/dist/src/proxy.js"), str(port), str(self.exchange.port), "--seed", str(seed)], stdout=subprocess.DEVNULL)
            self.url = f"http://127.0.0.1:{port}"
            time.sleep(1)

    def run(self, name, act):
        folder = tempfile.mkdtemp(prefix="ballast-box-")
        before = {o["id"] for o in self.exchange.books()[self.dialect]["orders"]}
        self.shake()
        desk = Desk(self.dialect, self.url, folder, delta=str(self.random.choice([-2, -1, 1, 2])))
        began = time.time()
        self.problems, self.lost = [], set()
        note = act(desk) or ""
        self.exchange.tell("heal")
        desk.url = f"http://127.0.0.1:{self.exchange.port}"  # The last look goes by a line that works.
        ended = desk.settle()
        faults = self.problems + ([] if ended == 0 else [f"the program ended with {ended}"])
        faults += check(desk, self.exchange, before | self.lost)
        good = not faults
        self.passed, self.failed = self.passed + good, self.failed + (not good)
        made = len(self.exchange.books()[self.dialect]["orders"]) - len(before)
        print(f"{'ok    ' if good else 'FAILED'} {self.dialect} {name}{note}: {made} orders, {time.time() - began:.0f} s" + ("" if good else f"; {folder}"), flush=True)
        for fault in faults[:12]:
            print(f"         {fault}", flush=True)
        if good:
            shutil.rmtree(folder)

    def shake(self):
        """Prices that leave something to do."""
        for coin, price in (("BTC", 96000), ("ETH", 2900), ("SOL", 150)):
            self.exchange.tell("price", coin=coin, price=f"{price * self.random.uniform(0.75, 1.3):.2f}")

    def killing(self, count):
        def act(desk):
            for _ in range(count):
                crash = f"{self.random.choice(POINTS)}:{self.random.randint(1, 6)}" if self.random.random() < 0.5 else None
                process = desk.start(crash)
                try:
                    process.wait(self.random.uniform(0.8, 6.0) if crash is None else 7)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                self.kills += 1
                if self.random.random() < 0.3:
                    self.shake()
            return f", {count} kills"
        return act

    def misled(self, desk):
        """Faults of the exchange itself while it works, and the faulty line in between."""
        for name, p in (("loseRequest", 0.08), ("loseResponse", 0.08), ("delayAfter", 0.1), ("errorAfter", 0.08), ("throttle", 0.05), ("queryFails", 0.1), ("partial", 0.3), ("streamLost", 0.2), ("streamTwice", 0.1)):
            self.exchange.tell("fault", name=name, p=p, ms=self.random.randint(200, 3000))
        process = desk.start()
        time.sleep(self.random.uniform(12, 20))
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def starved(self, desk):
        """The journal's file may not grow any more, as on a full disk."""
        limit = self.random.randint(4, 12) * 1024
        process = desk.start(limit=limit)
        try:
            code = process.wait(25)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            if any(os.path.getsize(os.path.join(desk.journal, f)) >= limit for f in os.listdir(desk.journal)):
                self.problems.append("its journal is as large as it may be, and it goes on")
            return ", which did not become full"
        with open(os.path.join(desk.folder, "out.log")) as log:
            said = log.read()
        if code not in (0, 4) or (code == 4 and "journal cannot be written" not in said):
            self.problems.append(f"it ended with {code}, and did not say why")
        return f", ended with {code}"

    def unsynced(self, desk):
        """The disk reports an error at one sync of the journal and none after it: the program ends, and does not try again."""
        shim, mark = os.path.join(desk.folder, "shim.so"), os.path.join(desk.folder, "failed")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-x", "c", "-", "-o", shim, "-ldl"], input=SHIM, text=True, check=True)
        process = desk.start(LD_PRELOAD=shim, FAIL_SYNC=str(self.random.randint(2, 12)), FAIL_MARK=mark)
        try:
            code = process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            if os.path.exists(mark):
                self.problems.append("a sync failed, and it goes on")
            return ", which did not fail"
        with open(os.path.join(desk.folder, "out.log")) as log:
            said = log.read()
        if code != 4 or "journal cannot be written" not in said:
            self.problems.append(f"it ended with {code}, and did not say why")
        return f", ended with {code}"

    def stopped(self, desk):
        """The kill switch in the middle of work, from a program that can write nothing, and half of the time with an exchange that does not answer."""
        process = desk.start()
        time.sleep(self.random.uniform(2, 5))
        away = self.random.random() < 0.5
        if away:
            self.exchange.process.send_signal(signal.SIGSTOP)
        self.problems += filter(None, [desk.say("kill", "--reason", "looks wrong", limit=0)])
        if away:
            time.sleep(3)
            self.exchange.process.send_signal(signal.SIGCONT)
        time.sleep(3)
        known = {o["id"] for o in self.orders()}
        time.sleep(9)
        if {o["id"] for o in self.orders()} - known:
            self.problems.append("it sent an order after it was stopped")
        if any(o["state"] == "open" for o in self.orders()):
            self.problems.append("an order is still open")
        if "*" not in desk.status().get("kills", {}):
            self.problems.append("it does not say that it is stopped")
        self.problems += filter(None, [desk.say("unkill", "--reason", "looked at it", "--yes")])
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            self.problems.append("it does not end")
        return ", the exchange away" if away else ""

    def frozen(self, desk):
        """Stopped past the deadline of whatever it was sending; then it goes on."""
        process = desk.start()
        for _ in range(2):
            time.sleep(self.random.uniform(1.5, 5))
            process.send_signal(signal.SIGSTOP)
            time.sleep(7)
            process.send_signal(signal.SIGCONT)
        time.sleep(3)
        process.kill()
        process.wait()

    def restored(self, desk):
        """Its disk is lost, and a backup put in place that its venue has left behind: nothing is sent before a person has looked, and nothing ever twice."""
        backup, before = os.path.join(desk.folder, "backup.tar.gz"), {o["id"] for o in self.orders()}
        self.die(desk, backup)
        for _ in range(self.random.choice([0, 0, 1, 2])):
            self.shake()
            self.die(desk)
        lost = read(desk.journal)
        desk.data = os.path.join(desk.folder, "restored")
        self.problems += filter(None, [desk.say("restore", backup)])
        known = {o["id"] for o in self.orders()}
        process = desk.start()
        time.sleep(self.random.uniform(3, 12))
        if {o["id"] for o in self.orders()} - known:
            self.problems.append("it sent an order before anybody had looked")
        if not desk.status().get("kills"):
            self.problems.append("it does not stand still")
        self.look_at(desk)
        process.kill()
        process.wait()
        kept = read(desk.journal)
        intents = {r["order"]["id"] for t, r in kept if t == INTENDED}
        ours = [o for o in self.orders() if o["id"] not in before]
        self.lost = {o["id"] for o in ours if o["id"] in known and o["clientId"] not in intents}
        self.problems += [f"{name} is at the exchange twice" for name in repeated(o["clientId"] for o in ours)]
        self.problems += more_at_the_exchange(lost + kept, ours, self.exchange.books()[self.dialect]["trades"])
        return f", {len(self.lost)} orders that the backup does not know"

    def die(self, desk, backup=None):
        """A life that ends with kill -9; in the middle of it a backup may be made."""
        process = desk.start()
        if backup:
            for _ in range(100):
                if desk.status():
                    break
                time.sleep(0.1)
            time.sleep(self.random.uniform(0, 6))
            self.problems += filter(None, [desk.say("backup", backup)])
        time.sleep(self.random.uniform(0 if backup else 2, 7))
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.kills += 1

    def look_at(self, desk):
        """The person: lets a venue's figures stand where they differ, sees that nothing is open, and lets it trade."""
        for _ in range(60):
            time.sleep(2)
            status = desk.status()
            account = (status.get("accounts") or [{}])[0]
            if any(o["state"] == "open" for o in self.orders()):
                continue
            if status.get("kills"):
                self.problems += filter(None, [desk.say("unkill", "--reason", "looked at it", "--yes")])
            elif account.get("ready"):
                return
            elif (account.get("why") or "").startswith("the venue has"):
                self.problems += filter(None, [desk.say("accept", desk.policy, "desk", "--note", "the backup is older")])
        self.problems.append(f"it cannot be brought to trade: {account.get('why')}")

    def orders(self):
        return self.exchange.books()[self.dialect]["orders"]

    def stop(self):
        if self.proxy:
            self.proxy.kill()
            self.proxy.wait()
        self.exchange.stop()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--kills", type=int, default=24, help="times that the program is killed")
    asked.add_argument("--rounds", type=int, default=4, help="times that it works on a faulty line")
    asked.add_argument("--restores", type=int, default=2, help="times that the disk is lost and an old backup is put in place")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--each", type=int, default=8, help="kills in a batch")
    asked.add_argument("--dialect", choices=["binance", "deribit"])
    asked = asked.parse_args()
    passed = failed = kills = 0
    for dialect in [asked.dialect] if asked.dialect else ["binance", "deribit"]:
        batches = Batches(dialect, asked.seed)
        share = asked.kills if asked.dialect else asked.kills // 2
        for i in range(-(-share // asked.each)):
            batches.run(f"kill -9, batch {i + 1}", batches.killing(min(asked.each, share - i * asked.each)))
        for i in range(max(1, asked.rounds // 25) if asked.rounds else 0):
            for _ in range(4):
                batches.run("disk full", batches.starved)
            batches.run(f"SIGSTOP {i + 1}", batches.frozen)
            for _ in range(2):
                batches.run("kill switch on a full disk", batches.stopped)
                if shutil.which("cc"):
                    batches.run("sync fails", batches.unsynced)
        for i in range(asked.restores if asked.dialect else -(-asked.restores // 2)):
            batches.run(f"restored {i + 1}", batches.restored)
        batches.stop()
        kills += batches.kills
        passed, failed = passed + batches.passed, failed + batches.failed
        batches = Batches(dialect, asked.seed + 1, proxy=True)
        for i in range(asked.rounds if asked.dialect else asked.rounds // 2):
            batches.run(f"faulty line {i + 1}", batches.misled)
        batches.stop()
        passed, failed = passed + batches.passed, failed + batches.failed
    print(f"{kills} kills\n{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
