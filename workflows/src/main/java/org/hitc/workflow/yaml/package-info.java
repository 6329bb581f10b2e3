/**
 * Reads definition files, strictly: every scalar is text, every key is known, every problem is
 * reported at once with its line, its column and a cure.
 *
 * <p>{@link org.hitc.workflow.yaml.YamlDocument} is the one way to read YAML in the product; the
 * listener reads its own files with it too.
 *
 * <p><b>SECURITY.</b> Definition files belong to the system side; who may write them is checked by
 * the listener. They may still be wrong: size, depth, anchors, aliases and tags are bounded or
 * refused before anything is built from them.
 */
@NullMarked
package org.hitc.workflow.yaml;

import org.jspecify.annotations.NullMarked;
