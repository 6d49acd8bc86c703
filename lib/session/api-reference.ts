import "server-only";
import { connection } from "next/server";
import { type Reference, readReference } from "@/lib/api/reference";
import { machineApi } from "./machine-api";
import { publicOrigin } from "./public-origin";

/** The reference of the machine API, read from the very document that it serves. */
export async function apiReference(): Promise<Reference> {
  await connection();
  const origin = publicOrigin();
  const answer = await machineApi(new Request(`${origin}/api/v1/openapi.json`));
  return readReference(await answer.json(), origin);
}
