import type { RouteConfig, RouteHandler } from "@hono/zod-openapi";
import type { Api } from "./app";

type RouteContext<R extends RouteConfig> = Parameters<RouteHandler<R>>[0];

/**
 * Serves a documented route. Input is typed by its schemas; the answer is not, because any call may also answer a
 * problem, which the library's types have no room for.
 */
export function serveRoute<R extends RouteConfig>(
  app: Api,
  route: R,
  handler: (c: RouteContext<R>) => Response | Promise<Response>,
): void {
  app.openapi(route, handler as unknown as RouteHandler<R>);
}
