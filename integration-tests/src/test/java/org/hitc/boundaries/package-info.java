/** The rules of who may see whom, and who alone may do what, as tests over the compiled classes. */
@NullMarked
package org.hitc.boundaries;

import org.jspecify.annotations.NullMarked;
