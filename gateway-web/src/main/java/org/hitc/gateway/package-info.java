/**
 * The gateway: the web side of the hole. It draws; it never decides. {@link org.hitc.gateway.Main}
 * starts it.
 *
 * <p><b>SECURITY.</b> Runs inside the chroot as web-side, with the spool as its only writable
 * directory. It must be assumed to be fully compromised: it holds no private key, no definition of
 * a workflow, no password at rest and no way to start a process.
 */
@NullMarked
package org.hitc.gateway;

import org.jspecify.annotations.NullMarked;
