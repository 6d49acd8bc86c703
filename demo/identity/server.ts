import { z } from "zod";
import { serveOnLoopback } from "@/demo/processes/serve";
import { identityApp } from "./app";

const environment = z
  .object({
    IDENTITY_PORT: z.coerce.number().int(),
    NEXTAUTH_URL: z.url(),
    GOOGLE_CLIENT_ID: z.string(),
    GOOGLE_CLIENT_SECRET: z.string(),
    GITHUB_CLIENT_ID: z.string(),
    GITHUB_CLIENT_SECRET: z.string(),
  })
  .parse(process.env);

const callback = (provider: string) => new URL(`/api/auth/callback/${provider}`, environment.NEXTAUTH_URL).href;

serveOnLoopback(
  identityApp({
    origin: `http://127.0.0.1:${environment.IDENTITY_PORT}`,
    google: {
      id: environment.GOOGLE_CLIENT_ID,
      secret: environment.GOOGLE_CLIENT_SECRET,
      redirectUri: callback("google"),
    },
    github: {
      id: environment.GITHUB_CLIENT_ID,
      secret: environment.GITHUB_CLIENT_SECRET,
      redirectUri: callback("github"),
    },
  }),
  environment.IDENTITY_PORT,
);
