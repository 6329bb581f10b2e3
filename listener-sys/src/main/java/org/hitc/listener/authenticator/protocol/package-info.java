/**
 * What listener and authenticator say to each other: {@link
 * org.hitc.listener.authenticator.protocol.Question}, {@link
 * org.hitc.listener.authenticator.protocol.Verdict}, and the one way to write both. One answer
 * follows each question, on the same connection.
 *
 * <p><b>SECURITY.</b> The authenticator reads what a listener in wrong hands may have written. The
 * codec loads no class that a message names, and believes no length in it.
 */
@NullMarked
package org.hitc.listener.authenticator.protocol;

import org.jspecify.annotations.NullMarked;
