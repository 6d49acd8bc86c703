import { expect, test } from "vitest";
import { MachineApi } from "./client";
import { inParallel } from "./parallel";

/** An API that gives these answers, one after the other. */
function answering(...answers: (() => Response)[]) {
  const requests: Request[] = [];
  const send = async (request: Request) => {
    requests.push(request);
    const answer = answers.shift();
    if (!answer) throw new Error("one request too many");
    return answer();
  };
  return { api: new MachineApi({ url: "http://localhost/", key: "tsk_1", send }), requests };
}

const swept = () => Response.json({ beneficiaries: 1, bound: 2, drawn: 3 });
const problem = (status: number, detail: string) => () =>
  new Response(JSON.stringify({ title: "No", status, detail }), {
    status,
    headers: { "Content-Type": "application/problem+json" },
  });

test("a call is repeated when the server is busy or the connection breaks, and then succeeds", async () => {
  const broken = () => {
    throw new TypeError("fetch failed");
  };
  const { api, requests } = answering(problem(503, "busy"), broken, swept);
  expect(await api.sweep()).toEqual({ beneficiaries: 1, bound: 2, drawn: 3 });
  expect(requests.map(({ url }) => url)).toEqual(Array(3).fill("http://localhost/api/v1/sweep"));
  expect(requests[0]?.headers.get("Authorization")).toBe("Bearer tsk_1");
});

test("a refusal is not repeated and says what the API said", async () => {
  const { api } = answering(problem(409, "reference r1 was used for another deposit"));
  const deposit = { reference: "r1", amount: "10", method: "card" } as const;
  await expect(api.deposit("cust_1", deposit)).rejects.toThrow("reference r1 was used for another deposit");
});

test("an account that is not there is null, not an error", async () => {
  expect(await answering(problem(404, "There is no such account")).api.account("nobody")).toBeNull();
});

test("a batch whose every event is refused gives the reasons", async () => {
  const rejected = [{ id: "1", reason: "unknown_sku", detail: "no price" }];
  const refused = () => Response.json({ accepted: 0, duplicates: 0, quarantined: 0, rejected }, { status: 422 });
  expect((await answering(refused).api.sendEvents([])).rejected).toEqual(rejected);
  await expect(answering(problem(422, "The batch is empty")).api.sendEvents([])).rejects.toThrow("The batch is empty");
});

test("work in parallel keeps the order of results, and begins nothing after a failure", async () => {
  expect(await inParallel([1, 2, 3], 2, async (each) => each * 2)).toEqual([2, 4, 6]);
  const begun: number[] = [];
  const failing = inParallel([1, 2, 3], 1, async (each) => {
    begun.push(each);
    if (each === 2) throw new Error("two");
  });
  await expect(failing).rejects.toThrow("two");
  expect(begun).toEqual([1, 2]);
});
