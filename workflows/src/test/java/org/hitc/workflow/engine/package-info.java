/** Tests of {@code org.hitc.workflow.engine}. */
@NullMarked
package org.hitc.workflow.engine;

import org.jspecify.annotations.NullMarked;
