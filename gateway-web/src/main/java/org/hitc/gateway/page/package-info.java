/**
 * What a page looks like: templates (in {@code src/main/jte}), the gateway's own words, the view of
 * each {@link org.hitc.channel.Page}.
 *
 * <p><b>SECURITY.</b> Pages come from the trusted side, but what stands in them was printed by
 * programs and typed by people: every value is text, escaped for its place by the template engine,
 * isolated in {@code bdi}, and never markup, address or style. Addresses are built by {@link
 * org.hitc.gateway.page.Links} alone.
 */
@NullMarked
package org.hitc.gateway.page;

import org.jspecify.annotations.NullMarked;
