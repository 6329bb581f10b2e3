package org.hitc.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one running {@link Chromium} for all of them, stopped after the last; skips them
 * where it cannot run.
 */
public final class SharedChromium implements BeforeAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedChromium.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeTrue(
        Chromium.missing().isEmpty(),
        () -> "no real browser: " + Chromium.missing().orElseThrow() + " is not installed");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Chromium.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("chromium", _ -> Chromium.start(), Chromium.class);
  }
}
