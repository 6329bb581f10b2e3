/**
 * The operating system as the channel needs it: pipes, files and waiting for them, through {@code
 * java.lang.foreign} alone. {@link org.hitc.channel.os.PosixFiles} holds every native call for
 * files and pipes, {@link org.hitc.channel.os.Poller} parks threads until a descriptor is ready.
 *
 * <p>Linux only, on x86-64 and aarch64: the values that differ stand in one place, chosen once.
 *
 * <p><b>SECURITY.</b> Nothing here decides what may be opened; it gives the callers the means to be
 * strict ({@link org.hitc.channel.os.PosixFiles#openBeneath}). Names that come from the file system
 * are {@link org.hitc.channel.os.FileName bytes}, never text, until somebody has checked them.
 */
@NullMarked
package org.hitc.channel.os;

import org.jspecify.annotations.NullMarked;
