package io.github.keycloaknylas.it.support;

import org.keycloak.admin.client.resource.IdentityProviderResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Puts a harmless text wherever an administrator can, to show that a search would find a secret there. */
public final class CanaryText {

    private CanaryText() {}

    public static void putEverywhere(Scenario scenario, String userId, String text) {
        RealmResource realm = scenario.keycloak().admin();
        UserRepresentation user = scenario.keycloak().user(userId).toRepresentation();
        user.setFirstName(text);
        scenario.keycloak().user(userId).update(user);
        IdentityProviderResource provider = realm.identityProviders().get(scenario.alias());
        IdentityProviderRepresentation settings = provider.toRepresentation();
        settings.getConfig().put("prompt", text);
        provider.update(settings);
        IdentityProviderMapperRepresentation mapper = provider.getMappers().get(0);
        mapper.getConfig().put("role", text);
        provider.update(mapper.getId(), mapper);
        ClientScopeRepresentation scope = new ClientScopeRepresentation();
        scope.setName(text);
        scope.setProtocol("openid-connect");
        realm.clientScopes().create(scope).close();
        ComponentRepresentation component = new ComponentRepresentation();
        component.setName(text);
        component.setProviderId("hmac-generated");
        component.setProviderType("org.keycloak.keys.KeyProvider");
        component.setConfig(new MultivaluedHashMap<>());
        realm.components().add(component).close();
    }
}
