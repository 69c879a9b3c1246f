package io.github.keycloaknylas.testkit.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** Signs ID tokens with one key per process, since generating one takes too long to do it at every start. */
public final class IdTokens {

    private static final RSAKey KEY = newKey();

    Map<String, Object> jwks() {
        return new JWKSet(KEY).toJSONObject(true);
    }

    String sign(Account account, App app, Granted granted, EntraUrls urls) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build(),
                claims(account, app, granted, urls));
        try {
            token.sign(new RSASSASigner(KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    /** The subject differs from app to app, so that two apps cannot correlate users; only the {@code oid} is shared. */
    public static String subject(Account account, App app) {
        try {
            byte[] pair = (app.clientId() + " " + account.id()).getBytes(UTF_8);
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(pair))
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet claims(Account account, App app, Granted granted, EntraUrls urls) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(urls.forTenant(account.tenantId()).issuer())
                .audience(app.clientId())
                .subject(subject(account, app))
                .claim("tid", account.tenantId())
                .claim("ver", "2.0")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(AccessTokens.LIFE)));
        granted.nonce().ifPresent(nonce -> claims.claim("nonce", nonce));
        if (granted.scopes().contain("profile")) {
            claims.claim("oid", account.id())
                    .claim("name", account.displayName())
                    .claim("preferred_username", account.userPrincipalName());
        }
        if (granted.scopes().contain("email")) {
            claims.claim("email", account.mail());
        }
        return claims.build();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
