export { formatUnit } from '../../base/format';
