/**
 * The audit log: who did what, when, and how it ended; one JSON object a line, each carrying the
 * hash of the one before.
 *
 * <p>{@link org.hitc.listener.audit.AuditLog} appends {@link org.hitc.listener.audit.AuditEvent}s
 * and verifies files; {@link org.hitc.listener.audit.ArgumentDigests} stands in for values that may
 * be confidential.
 *
 * <p><b>SECURITY.</b> Texts in events are foreign (typed by users, sent by a gateway that may be
 * compromised): they are cut to a fixed length and written in printable ASCII, so that no record
 * can be split, forged or made to steer a terminal. Events hold no token, password or secret field;
 * their types leave no place for one. The chain shows any change inside the file; a cut tail, or a
 * file rewritten whole by somebody who may write it, shows only against an exported copy.
 */
@NullMarked
package org.hitc.listener.audit;

import org.jspecify.annotations.NullMarked;
