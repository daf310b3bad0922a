module.exports = { preset: '../../../jest.preset.js', displayName: 'access-oidc' };
