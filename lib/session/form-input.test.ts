import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseForm, refusedState } from "./form-input";

const schema = z.object({ name: z.string().min(3, "Give at least three letters."), note: z.string().optional() });

function form(entries: [string, string | Blob][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

describe("a form that was sent", () => {
  it("is read by its schema", () => {
    const parsed = parseForm(
      schema,
      form([
        ["name", "Ada"],
        ["$ACTION_ID_1", ""],
      ]),
    );
    expect(parsed).toEqual({ ok: true, input: { name: "Ada" } });
  });

  it("says at each field what is wrong, once", () => {
    const parsed = parseForm(schema, form([["name", "A"]]));
    expect(parsed).toMatchObject({ ok: false, state: { ok: false, fields: { name: "Give at least three letters." } } });
  });

  it("counts the first of a field sent twice, and no files", () => {
    const parsed = parseForm(
      schema,
      form([
        ["name", "Ada"],
        ["name", "Bob"],
        ["note", new Blob(["x"])],
      ]),
    );
    expect(parsed).toEqual({ ok: true, input: { name: "Ada" } });
  });

  it("cannot reach the prototype of what is read", () => {
    const parsed = parseForm(
      schema,
      form([
        ["name", "Ada"],
        ["__proto__", "x"],
        ["constructor", "y"],
      ]),
    );
    expect(parsed).toEqual({ ok: true, input: { name: "Ada" } });
  });
});

describe("a verb's refusal", () => {
  it("is shown at the field it is about", () => {
    expect(refusedState({ code: "invalid", detail: "At least $5.", path: "amount" })).toEqual({
      ok: false,
      message: "At least $5.",
      fields: { amount: "At least $5." },
    });
  });
});
