package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.DeliverySettings;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Declares the SPI whose options configure the delivery: {@code spi-nylas-delivery--default--…}. */
public final class DeliverySpi implements Spi {

    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return DeliverySettings.SPI;
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return Delivery.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return DeliveryProviderFactory.class;
    }
}
