import { z } from "zod";
import { topics } from "./kinds";

/** The boxes of the form: a browser sends those alone that are ticked. */
export const ChoicesInput = z
  .record(z.string().max(64), z.string().max(8))
  .transform((boxes) =>
    topics.map((topic) => ({ topic, listed: `listed.${topic}` in boxes, mailed: `mailed.${topic}` in boxes })),
  );
