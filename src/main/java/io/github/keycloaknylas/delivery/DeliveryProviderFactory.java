package io.github.keycloaknylas.delivery;

import org.keycloak.provider.ProviderFactory;

/** Creates {@link Delivery}, one instance per node. */
public interface DeliveryProviderFactory extends ProviderFactory<Delivery> {}
