import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A link to another page of the product. Nothing is fetched before it is followed: every page is made for its request,
 * so all that could be had ahead is the outline of each, for every link on the screen.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
