/**
 * Programs that print what they should not, die, or are asked for too much, and files that are sent
 * to them.
 *
 * <p><b>SECURITY.</b> Runs hostile programs as the listener's user; looks at what others notice.
 */
@NullMarked
package org.hitc.redteam.program;

import org.jspecify.annotations.NullMarked;
