/**
 * A copy of an installation while it runs, and the way back.
 *
 * <p><b>SECURITY.</b> A backup holds no private key and no session: whoever steals one can forge
 * nothing and is nobody. It does hold password hashes and the audit log, so it is written for its
 * owner alone. Whatever comes back out of one was verified whole before anything was touched, adds
 * what is missing, and replaces nothing.
 */
@NullMarked
package org.hitc.listener.backup;

import org.jspecify.annotations.NullMarked;
