/**
 * What is said on the launcher's socket: {@link org.hitc.listener.launcher.protocol.Ask}, {@link
 * org.hitc.listener.launcher.protocol.Answer}, and the one way to write both.
 *
 * <p><b>SECURITY.</b> The launcher is root and reads what a listener in wrong hands may have
 * written. Nothing here knows a class of the listener; sizes are bounded before anything is
 * allocated; a message is read as a whole or refused as a whole.
 */
@NullMarked
package org.hitc.listener.launcher.protocol;

import org.jspecify.annotations.NullMarked;
