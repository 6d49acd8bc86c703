import { printable } from "@/lib/services/names";

type Search = Record<string, string | string[] | undefined>;

export interface SearchProps {
  searchParams: Promise<Search>;
}

/** What an address says; nothing where it says nothing a person could have meant. */
export function given(search: Search, name: string): string | undefined {
  const value = [search[name]].flat()[0]?.trim();
  return value && value.length <= 254 && printable.test(value) ? value : undefined;
}
