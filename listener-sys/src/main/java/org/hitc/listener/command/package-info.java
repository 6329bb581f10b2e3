/**
 * The {@code hitc} command: what a sysadmin or a newcomer types.
 *
 * <p><b>SECURITY.</b> Runs with the rights of whoever typed it, often root. It believes its own
 * arguments and the files that they name; nothing from the web side reaches it.
 */
@NullMarked
package org.hitc.listener.command;

import org.jspecify.annotations.NullMarked;
