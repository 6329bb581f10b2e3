package org.hitc.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one running {@link Product} for all of them, stopped after the last. For tests that
 * leave it as it was; others start their own.
 */
public final class SharedProduct implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedProduct.class);

  private record Running(Product product) implements AutoCloseable {
    @Override
    public void close() {
      product.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Product.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("product", _ -> new Running(Product.start()), Running.class)
        .product();
  }
}
