/**
 * Attacks on the order of steps, on choices, and on what may be done only once.
 *
 * <p><b>SECURITY.</b> Plays a gateway in wrong hands with a session that is right, and a hostile
 * user's browser; believes nothing of the answers but what the audit log and the programs confirm.
 */
@NullMarked
package org.hitc.redteam.workflow;

import org.jspecify.annotations.NullMarked;
