/**
 * Sessions and rights that end while something is under way, and what must never be written down.
 *
 * <p><b>SECURITY.</b> Plays a user whose rights have ended, and the reader of logs.
 */
@NullMarked
package org.hitc.redteam.session;

import org.jspecify.annotations.NullMarked;
