/** Network namespaces for tests: real kernel NATs, made and removed by the test itself. The lab is in tests/natlab/kernel. */
export { makeLab, type ClientSpec, type ExecOptions, type Lab, type LabProcess, type Link } from '../natlab/kernel/lab';
export { PROV, STUN2, WEB } from '../natlab/kernel/topology';
export { PROFILES, type ProfileName } from '../natlab/profiles';
export { whyNoSandbox as whyNoNamespaces } from '../natlab/kernel/sandbox';
