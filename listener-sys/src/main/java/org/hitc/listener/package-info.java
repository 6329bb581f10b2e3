/**
 * The listener: what decides. {@link org.hitc.listener.Main} puts it together and reads like a
 * table of contents.
 *
 * <p><b>SECURITY.</b> Runs as {@code sys-side}, outside the chroot, never as root. It believes
 * files that only root can write, and its own state. Everything that comes through the hole may be
 * forged; everything that a program prints may be hostile.
 */
@NullMarked
package org.hitc.listener;

import org.jspecify.annotations.NullMarked;
