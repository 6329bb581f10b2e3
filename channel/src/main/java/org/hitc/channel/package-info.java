/**
 * What crosses the hole: {@link org.hitc.channel.Request}, {@link org.hitc.channel.Reply}, {@link
 * org.hitc.channel.Page} and the closed list of {@link org.hitc.channel.Refusal refusals}.
 *
 * <p><b>SECURITY.</b> Requests come from a side that may be fully compromised: nothing in a {@link
 * org.hitc.channel.Request} may be believed except that it has the shape its type gives it. Replies
 * and pages come from the trusted side. This module depends on {@code java.base} alone.
 */
@NullMarked
package org.hitc.channel;

import org.jspecify.annotations.NullMarked;
