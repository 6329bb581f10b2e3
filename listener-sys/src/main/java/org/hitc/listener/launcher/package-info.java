/**
 * The launcher: a process of its own, root, that starts programs as other users. {@link
 * org.hitc.listener.launcher.Main} is its table of contents.
 *
 * <p>It listens on two sockets. On one the listener asks for a run: {@link
 * org.hitc.listener.launcher.Desk} checks, {@link org.hitc.listener.launcher.Run} starts, proves,
 * watches and ends. On the other the authenticator asks for grants. What may be started stands in
 * the {@link org.hitc.listener.launcher.Policy} alone.
 *
 * <p><b>SECURITY.</b> Everything that comes over a socket may come from an attacker who has taken
 * over the listener: names, arguments, grants, descriptors. What is believed: files that only root
 * can write, what the kernel says of the peer, and the system's accounts. It reads no data of a
 * program: the listener's own pipes go through as descriptors. What an attacker who has the
 * listener can do is run an entry of the policy, with arguments its template lets through, as a
 * user whose grant it holds.
 */
@NullMarked
package org.hitc.listener.launcher;

import org.jspecify.annotations.NullMarked;
