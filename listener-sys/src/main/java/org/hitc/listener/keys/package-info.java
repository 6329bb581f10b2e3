/**
 * The keys of this node: the private ones it signs with, and the public ones it believes. They lie
 * in {@code keys} of the state folder; the chroot holds copies for the gateway, which are written
 * and never read.
 *
 * <p><b>SECURITY.</b> {@link org.hitc.listener.keys.KeyFolder} is worked in by root, in a folder of
 * the listener's user, who may lay there whatever it likes: see {@link
 * org.hitc.listener.keys.PinnedFolder}.
 */
@NullMarked
package org.hitc.listener.keys;

import org.jspecify.annotations.NullMarked;
