/**
 * The hole itself: how a request and its reply pass between the gateway inside the chroot and the
 * listener outside, through a spool directory and FIFOs, as {@code docs/PROTOCOL.md} describes it.
 *
 * <p>Gateway side: {@link org.hitc.channel.hole.Asker}. Listener side: {@link
 * org.hitc.channel.hole.Hole}, which calls a {@link org.hitc.channel.hole.Handler} that answers
 * through a {@link org.hitc.channel.hole.Replier}, and tells an {@link
 * org.hitc.channel.hole.Observer} of everything it refuses. The files: {@link
 * org.hitc.channel.hole.Layout}, made by {@link org.hitc.channel.hole.HoleSetup}, checked by {@link
 * org.hitc.channel.hole.HoleCheck}.
 *
 * <p><b>SECURITY.</b> The listener side believes nothing that lies in {@code jobs/} or comes out of
 * the daemon pipe: whoever is web-side can put any file, name, link or byte there at any time.
 * Every name it uses is an id it has checked, every file is claimed (moved out of web-side's
 * reach), opened without waiting and without following links, checked on the open descriptor, and
 * copied once. Every wait, count and buffer has a limit. The gateway side believes the listener.
 */
@NullMarked
package org.hitc.channel.hole;

import org.jspecify.annotations.NullMarked;
