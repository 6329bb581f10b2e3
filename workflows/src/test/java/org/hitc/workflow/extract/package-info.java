/** Tests of {@code org.hitc.workflow.extract}. */
@NullMarked
package org.hitc.workflow.extract;

import org.jspecify.annotations.NullMarked;
