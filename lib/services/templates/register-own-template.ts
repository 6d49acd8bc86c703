import { count, eq } from "drizzle-orm";
import { templates } from "@/db/schema/usage";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Context } from "@/lib/services/context";
import { type Result, refused } from "@/lib/services/result";
import { registerTemplate, type Template } from "./register-template";
import { readTemplateName } from "./template-name";

interface RegisterOwnTemplate {
  creator: AccountRef & { externalId: string };
  name: string;
  /** What the creator calls it in addresses: the second half of its id. */
  slug: string;
}

const SLUG = /^[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?$/;
/** Far above what anybody publishes by hand; the platform's own registrations are not limited. */
const TEMPLATES_MAX = 200;

/** The id a creator's own registration gives a template. No account's name has a slash, so it is nobody else's. */
export const ownTemplateId = (creator: string, slug: string): string => `${creator}/${slug}`;

/**
 * Registers a template for the creator who asks, under an id that begins with the creator's own name: earlier usage
 * that names another's template can be claimed by nobody this way. The same again changes nothing.
 */
export async function registerOwnTemplate(
  ctx: Context,
  { creator, name: typed, slug: typedSlug }: RegisterOwnTemplate,
): Promise<Result<Template>> {
  const name = readTemplateName(typed);
  if (!name.ok) return name;
  const slug = typedSlug.trim().toLowerCase();
  if (!SLUG.test(slug)) {
    const detail =
      'Use 1 to 64 small letters, digits, dots and hyphens, with a letter or digit at either end: "sdxl-1.0".';
    return refused("invalid", detail, "slug");
  }
  const [own] = await ctx.db.select({ count: count() }).from(templates).where(eq(templates.creatorId, creator.id));
  if ((own?.count ?? 0) >= TEMPLATES_MAX) {
    return refused("invalid", `You have ${TEMPLATES_MAX} templates, which is the most that are registered here.`);
  }
  const { lane, id } = creator;
  const externalId = ownTemplateId(creator.externalId, slug);
  const registered = await registerTemplate(ctx, { externalId, creator: { lane, id }, name: name.value });
  if (registered.ok || registered.problem.code !== "conflict") return registered;
  return refused("conflict", "You have a template of this id already: choose another, or rename that one.", "slug");
}
