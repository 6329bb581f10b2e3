/**
 * The desk: one handler for each request that may come through the hole, and nothing for any other.
 *
 * <p><b>SECURITY.</b> Everything in a request may be forged. A handler gets a {@link
 * org.hitc.listener.desk.Caller} only after the session behind the token was checked in the store,
 * and what that caller may do is looked up anew each time. What is refused is audited by name.
 */
@NullMarked
package org.hitc.listener.desk;

import org.jspecify.annotations.NullMarked;
