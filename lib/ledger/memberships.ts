import type { Membership } from "@/lib/programs/clusters";

/** A select's column: the confirmed clusters an account is or was in, as text that `readMemberships` reads. */
export const membershipsOf = (wallet: string): string => `
  case when ${wallet}.cluster_id is not null then
    (select string_agg(j.cluster_id || '@' || (extract(epoch from j.joined_at) * 1000)::bigint, ';')
       from cluster_joins j where j.account_id = ${wallet}.account_id) end`;

export function readMemberships(text: string | null): Membership[] | undefined {
  if (!text) return undefined;
  return text.split(";").map((each) => {
    const [clusterId = "", sinceMs = ""] = each.split("@");
    return { clusterId, sinceMs: Number(sinceMs) };
  });
}
