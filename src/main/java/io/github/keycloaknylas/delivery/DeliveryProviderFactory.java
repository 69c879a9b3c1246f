package io.github.keycloaknylas.delivery;

import org.keycloak.provider.ProviderFactory;

/** Makes {@link Delivery}; one per node. */
public interface DeliveryProviderFactory extends ProviderFactory<Delivery> {}
