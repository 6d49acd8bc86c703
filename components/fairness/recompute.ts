/** A whole check of one draw in the standard library of Python, for readers who trust nothing of ours. */
export const recomputeProgram = `import hashlib, hmac, json, sys, urllib.request

draw = json.load(urllib.request.urlopen(sys.argv[1]))  # /api/v1/draws/{id}
odds = json.dumps(draw["odds"], sort_keys=True, separators=(",", ":"))
odds_hash = hashlib.sha256(odds.encode()).hexdigest()
assert odds_hash == draw["oddsHash"], "these are not the published odds"

counter = 0
def pick(n):
    global counter
    while True:
        message = f"bonus-draw/v1|{odds_hash}|{draw['drawId']}|{counter}"
        key = bytes.fromhex(draw["beacon"]["randomness"])
        x = int.from_bytes(hmac.digest(key, message.encode(), "sha256")[:6], "big")
        counter += 1
        if x < 2**48 // n * n:
            return x % n

ticket = pick(1_000_000)
for weight, low, high in draw["odds"]["tiers"]:
    if ticket < weight:
        break
    ticket -= weight
cents = low + pick(high - low + 1)
print(f"{cents / 100:.2f} recomputed, {draw['amount']} published")

if draw["beacon"]["name"] == "local":  # is it a link of the published chain?
    link = bytes.fromhex(draw["beacon"]["randomness"])
    for _ in range(draw["beacon"]["distance"]):
        link = hashlib.sha256(link).digest()
    assert link.hex() == draw["beacon"]["anchor"], "not a link of the chain"
else:  # drand: the signature itself is checked by the saved file, or by any client of drand
    signature = bytes.fromhex(draw["beacon"]["signature"])
    assert hashlib.sha256(signature).hexdigest() == draw["beacon"]["randomness"], "not of this signature"`;
