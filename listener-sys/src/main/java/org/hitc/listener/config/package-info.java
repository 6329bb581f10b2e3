/**
 * What the sysadmin wrote: {@code programs.yaml} ({@link org.hitc.listener.config.Programs}) and
 * {@code listener.yaml} ({@link org.hitc.listener.config.ListenerConfig}).
 *
 * <p>Unknown keys, doubled keys and wrong values are refused, all at once, each with file, line and
 * column. Durations ({@code 2m}) and sizes ({@code 10MiB}) are types.
 *
 * <p><b>SECURITY.</b> A file is believed because of who could have written it: itself, the programs
 * it names, the secrets it points to and every folder above them must belong to root and be
 * writable by nobody else, with no symbolic link on the way ({@link
 * org.hitc.listener.launcher.SafePath}). Values of secrets are never part of a message or a {@code
 * toString}.
 */
@NullMarked
package org.hitc.listener.config;

import org.jspecify.annotations.NullMarked;
