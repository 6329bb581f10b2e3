/** Tests of {@code org.hitc.workflow.copybook}. */
@NullMarked
package org.hitc.workflow.copybook;

import org.jspecify.annotations.NullMarked;
