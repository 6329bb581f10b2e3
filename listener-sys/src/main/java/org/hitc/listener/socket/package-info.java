/**
 * Messages over unix stream sockets on this machine: each its length in bytes (4, big endian) and
 * that many bytes, at most {@value org.hitc.listener.socket.Messages#MAX}.
 *
 * <p><b>SECURITY.</b> A server answers one user alone, whom the kernel names (SO_PEERCRED of
 * unix(7)). Lengths are checked before anything is allocated; a peer that stops in the middle of a
 * message is waited for a bounded time.
 */
@NullMarked
package org.hitc.listener.socket;

import org.jspecify.annotations.NullMarked;
