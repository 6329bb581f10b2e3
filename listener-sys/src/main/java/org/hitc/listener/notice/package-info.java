/**
 * Notices: what operators' commands leave in the store for the audit log, which the running
 * listener alone may write. A command writes its notice in the transaction of what it does, so that
 * neither is there without the other; the listener audits it within seconds, or at its next start.
 */
@NullMarked
package org.hitc.listener.notice;

import org.jspecify.annotations.NullMarked;
