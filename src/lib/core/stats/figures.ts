export { percent } from '../base/format';
