/**
 * Tests of the audit log: every bit of it counts.
 *
 * <p><b>SECURITY.</b> They believe nothing but the verifier.
 */
@NullMarked
package org.hitc.listener.audit;

import org.jspecify.annotations.NullMarked;
