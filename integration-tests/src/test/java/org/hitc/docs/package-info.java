/** The documentation, held against what it describes. */
@NullMarked
package org.hitc.docs;

import org.jspecify.annotations.NullMarked;
