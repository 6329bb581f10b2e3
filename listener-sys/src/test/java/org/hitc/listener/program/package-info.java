/**
 * Tests with real programs; they start and kill processes of their own only.
 *
 * <p><b>SECURITY.</b> The programs here misbehave on purpose.
 */
@NullMarked
package org.hitc.listener.program;

import org.jspecify.annotations.NullMarked;
