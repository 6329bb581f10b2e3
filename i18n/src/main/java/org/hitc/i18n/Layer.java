package org.hitc.i18n;

import java.util.Map;

/**
 * Messages by language. For each locale a site's wording goes before a workflow's, and a workflow's
 * before the product's.
 */
public sealed interface Layer {

  /**
   * What ships with a module: the folder {@code messages} beside this class on its class path. Its
   * file in the source language is complete and declares the arguments of every message.
   */
  record Product(Class<?> anchor) implements Layer {}

  /**
   * What belongs to one workflow: read and checked by who knows the definition whose words it
   * translates.
   *
   * @param byTag the messages by the tag of their language
   */
  record Workflow(Map<String, Bundle> byTag) implements Layer {
    public Workflow {
      byTag = Map.copyOf(byTag);
    }
  }

  /**
   * What this site says differently, read and checked by {@link org.hitc.i18n.site.SiteFolder}.
   *
   * @param byTag the messages by the tag of their language
   */
  record Site(Map<String, Bundle> byTag) implements Layer {
    public Site {
      byTag = Map.copyOf(byTag);
    }
  }
}
