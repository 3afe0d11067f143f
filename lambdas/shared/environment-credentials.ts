/**
 * Takes the place of @aws-sdk/credential-provider-node in every bundle: a function has its role's credentials in its
 * environment and must look nowhere else. The default chain would also ask files, other processes, SSO and metadata
 * services, and bring 100 KB of clients for it.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
