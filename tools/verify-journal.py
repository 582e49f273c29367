#!/usr/bin/env python3
"""Proves a journal of Ballast whole, from docs/journal.md alone: it shares no code with the program that wrote it.

    tools/verify-journal.py FOLDER

Prints `ok N records head HASH` and ends with 0, or says where the journal breaks and ends with 3. Python's standard library only.
"""
import hashlib
import json
import os
import struct
import sys
from collections import defaultdict
from decimal import Decimal, getcontext

getcontext().prec = 60
HEADER = struct.Struct("<8sIIQ32sI")
FRAME = struct.Struct("<IHHQQq")
HEAD = struct.Struct("<Q32sI")
TAIL = 32 + 32 + 4
MOST = 16 * 1024 * 1024

# docs/journal.md, "Moves of an order": from, cause, to.
MOVES = {tuple(line.split()) for line in """
Intent Sent Sent
Intent DeadlineNear Unknown
Intent Restart Unknown
Sent Acknowledged Open
Sent Fill Partial
Sent DefiniteReject Rejected
Sent Ambiguous Unknown
Sent Restart Unknown
Sent FoundClosed Closing
Unknown Fill Partial
Unknown FoundOpen Open
Unknown FoundClosed Closing
Unknown NotFoundTwice ProvenAbsent
Unknown Accepted ProvenAbsent
Open Fill Partial
Open FoundClosed Closing
Open CancelWanted Cancelling
Open Restart Unknown
Partial FoundClosed Closing
Partial CancelWanted Cancelling
Partial Restart Unknown
Cancelling CancelDone Closing
Cancelling CancelRefused Closing
Cancelling FoundClosed Closing
Cancelling Restart Unknown
Closing FoundOpen Cancelling
Closing Restart Unknown
Closing AllFillsBooked Filled
Closing AllFillsBooked Cancelled
Closing AllFillsBooked Expired
Closing AllFillsBooked Rejected
""".strip().splitlines()}
TYPES = 21


class Broken(Exception):
    """Where a journal breaks, in words."""


def castagnoli():
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


TABLE = castagnoli()


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 255] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def read_head(folder):
    path = os.path.join(folder, "HEAD")
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        data = file.read()
    if len(data) != HEAD.size or crc32c(data[:-4]) != HEAD.unpack(data)[2]:
        raise Broken("HEAD: it is spoiled")
    return HEAD.unpack(data)[:2]


def frames(folder):
    """Every record with its place, proven by length, checksum, hash, chain and sequence."""
    known = read_head(folder)
    last, chain = 0, bytes(32)
    names = sorted(name for name in os.listdir(folder) if name.endswith(".journal"))
    for number, name in enumerate(names, 1):
        if name != f"{number:08d}.journal":
            raise Broken(f"{number:08d}.journal is missing")
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        if len(data) < HEADER.size:
            raise Broken(f"{name}: it ends within its header")
        magic, version, zero, first, before, check = HEADER.unpack_from(data)
        if check != crc32c(data[:HEADER.size - 4]) or (magic, version, zero, first, before) != (b"BALLASTJ", 1, 0, last + 1, chain):
            raise Broken(f"{name}: its header does not continue the file before it")
        at = HEADER.size
        while at < len(data):
            place = f"{name}, byte {at}, record {last + 1}"
            if len(data) - at < FRAME.size + TAIL:
                raise Broken(f"{place}: it is cut off")
            length, kind, schema, sequence, epoch, wall = FRAME.unpack_from(data, at)
            size = length + 4
            if size < FRAME.size + TAIL or size > MOST or at + size > len(data):
                raise Broken(f"{place}: it is cut off, or its length is wrong")
            record = data[at:at + size]
            if crc32c(record[:-4]) != struct.unpack("<I", record[-4:])[0]:
                raise Broken(f"{place}: the checksum is wrong")
            payload, previous, digest = record[FRAME.size:-TAIL], record[-TAIL:-36], record[-36:-4]
            if previous != chain or hashlib.sha256(chain + record[4:-TAIL]).digest() != digest:
                raise Broken(f"{place}: the chain of hashes is broken")
            if sequence != last + 1 or schema != 1:
                raise Broken(f"{place}: sequence {sequence}, schema {schema}")
            last, chain, at = sequence, digest, at + size
            if known and known[0] == last and known[1] != chain:
                raise Broken(f"{place}: it is not the record that HEAD knows")
            yield place, kind, epoch, payload, digest
    if known and known[0] > last:
        raise Broken(f"records {last + 1} to {known[0]} are missing at the end: HEAD knows of them")
    if not known and last:
        raise Broken("HEAD is missing: whether records are missing at the end cannot be told")


class Story:
    """What the records say, held to the rules of execution and to the books."""

    def __init__(self):
        self.orders, self.filled, self.trades, self.epoch = {}, defaultdict(Decimal), set(), 0
        self.held = defaultdict(Decimal)

    def take(self, kind, record):
        if kind == 1:
            need(record["epoch"] > self.epoch, "the epoch does not grow")
            self.epoch = record["epoch"]
        elif kind == 8:
            self.intend(record["order"])
        elif kind == 9:
            self.move(record)
        elif kind == 10:
            self.fill(record)
        elif kind == 11:
            self.post([(f"assets:{record['account']}", record["asset"], Decimal(record["quantity"])),
                       ("equity:external", record["asset"], -Decimal(record["quantity"]))])
        elif kind == 21:
            self.pay(record["account"], record["payment"])
        else:
            need(1 <= kind <= TYPES, f"there is no record of type {kind}")

    def intend(self, order):
        need(order["id"] not in self.orders, f"order {order['id']} is intended twice")
        need(Decimal(order["quantity"]) > 0 and Decimal(order["price"]) > 0, f"order {order['id']} has no size or no price")
        self.orders[order["id"]] = [order, "Intent"]

    def move(self, move):
        need(move["id"] in self.orders, f"order {move['id']} moves and was never intended")
        order, state = self.orders[move["id"]]
        need(state == move["from"], f"order {move['id']} is {state}, not {move['from']}")
        need((move["from"], move["cause"], move["to"]) in MOVES, f"order {move['id']} may not go from {move['from']} by {move['cause']} to {move['to']}")
        if move["to"] == "Filled":
            need(self.filled[move["id"]] == Decimal(order["quantity"]), f"order {move['id']} is filled, and its fills sum to {self.filled[move['id']]}")
        self.orders[move["id"]][1] = move["to"]

    def fill(self, record):
        trade, thing, account = record["trade"], record["tradable"], record["account"]
        key = (account, trade["venueOrderId"], trade["tradeId"])
        need(key not in self.trades, f"trade {trade['tradeId']} is booked twice")
        self.trades.add(key)
        quantity, price = Decimal(trade["quantity"]), Decimal(trade["price"])
        if record.get("order"):
            need(record["order"] in self.orders, f"trade {trade['tradeId']} is of an order that was never intended")
            order, _ = self.orders[record["order"]]
            need((trade["side"], trade["symbol"], account) == (order["side"], order["tradable"]["symbol"], order["account"]), f"trade {trade['tradeId']} is not of its order's side, symbol or account")
            self.filled[record["order"]] += quantity
            need(self.filled[record["order"]] <= Decimal(order["quantity"]), f"order {record['order']} is filled beyond its size")
        self.post(postings(account, trade, thing, quantity, price))

    def pay(self, account, payment):
        key = (account, "", payment["paymentId"])
        need(key not in self.trades, f"payment {payment['paymentId']} is booked twice")
        self.trades.add(key)
        here, symbol, contracts = f"assets:{account}", payment["symbol"], Decimal(payment["contracts"])
        there = {"Funding": "income:funding:", "Gain": "trading:", "Delivery": "trading:"}[payment["kind"]] + symbol
        value, asset = Decimal(payment["amount"]["value"]), payment["amount"]["asset"]
        if payment["kind"] == "Delivery":
            need(self.held[account, symbol] == -contracts, f"{symbol} is delivered, and the books hold {self.held[account, symbol]} of it")
        else:
            need(contracts == 0, f"a {payment['kind'].lower()} does not change a position")
        self.post([(here, asset, value), (there, asset, -value), (here, symbol, contracts), ("trading:" + symbol, symbol, -contracts)])

    def post(self, lines):
        sums = defaultdict(Decimal)
        for place, asset, value in lines:
            sums[asset] += value
            if place.startswith("assets:"):
                self.held[place[7:], asset] += value
        need(not any(sums.values()), "an entry does not balance")


def postings(account, trade, thing, quantity, price):
    sign = 1 if trade["side"] == "Buy" else -1
    here, there = f"assets:{account}", f"trading:{thing['symbol']}"
    spot, lines = thing["kind"] == "Spot", []
    moved = [(thing["base"] if spot else thing["symbol"], sign * quantity)]
    if thing["kind"] in ("Spot", "Option"):
        notional = quantity * Decimal(thing["multiplier"]) * (1 if thing["amountIn"] == "Money" else price)
        moved.append((thing["quote"] if spot else thing["settlement"], -sign * notional))
    for asset, value in moved:
        lines += [(here, asset, value), (there, asset, -value)]
    fee = Decimal(trade["fee"]["value"])
    return lines + [(here, trade["fee"]["asset"], -fee), ("expenses:fees", trade["fee"]["asset"], fee)]


def need(holds, otherwise):
    if not holds:
        raise Broken(otherwise)


def verify(folder):
    story, count, head, place = Story(), 0, bytes(32), ""
    for place, kind, _, payload, head in frames(folder):
        try:
            story.take(kind, json.loads(payload))
        except Broken as fault:
            raise Broken(f"{place}: {fault}") from None
        except (ValueError, KeyError, TypeError, ArithmeticError) as fault:
            raise Broken(f"{place}: it cannot be read ({fault!r})") from None
        count += 1
    return count, head.hex()


def main():
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        print("usage: tools/verify-journal.py FOLDER", file=sys.stderr)
        return 2
    try:
        count, head = verify(sys.argv[1])
    except Broken as fault:
        print(f"broken: {fault}")
        return 3
    print(f"ok {count} records head {head}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
